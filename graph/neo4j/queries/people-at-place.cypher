// title = "Everyone on record in a place in an afternoon, or any other time: by visit or by contact."
// times = ["start", "end"]
//
// [parameters.place]
// type = "place"
// example = "PL-00006"
// means = "id of the place"
//
// [parameters.since]
// type = "from"
// example = "2021-07-02T12:00"
// means = "from this day or instant on"
//
// [parameters.until]
// type = "until"
// example = "2021-07-02T18:00"
// means = "up to the end of this day, or up to this instant"

CALL () {
  MATCH (d:PlaceDay) WHERE d.place = $place AND d.day <= ($until - 1) / 86400 AND d.last >= $since
  MATCH (d)<-[v:VISITED]-(p:Person) WHERE v.start < $until AND (coalesce(v.end_to, v.start_to) > $since OR v.start >= $since)
  RETURN p, v AS r, 'visit' AS basis, v.visit AS record
  UNION ALL
  MATCH ()-[r:CONTACT]->() WHERE r.place = $place AND coalesce(r.start, $since) < $until AND (coalesce(r.end_to, r.start_to, $until) > $since OR r.start >= $since)
  UNWIND [startNode(r), endNode(r)] AS p
  RETURN p, r, 'contact' AS basis, r.contact AS record
}
RETURN coalesce(head([(s:SamePerson)-[:SAME_AS]->(p) | s.person]), p.person) AS person, EXISTS { (p) ((:Person)<-[:SAME_AS]-(:SamePerson)-[:SAME_AS]->(:Person)){0,1} (:Person)-[:HAS_CASE]->() } AS case, r.start AS start, r.start_to AS start_to,
  r.end AS end, r.end_to AS end_to, basis, record
ORDER BY start, record, person
