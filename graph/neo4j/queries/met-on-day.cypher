// title = "Whom a person met on a day: by recorded contact, or at the same place at the same time."
// times = ["start"]
//
// [parameters.person]
// type = "person"
// example = "P-000412"
// means = "id of the person"
//
// [parameters.since]
// type = "from"
// example = "2021-07-02"
// means = "the day"
//
// [parameters.until]
// type = "until"
// example = "2021-07-02"
// means = "the same day, or the last of several"

MATCH (own:Person {person: $person}) ((:Person)<-[:SAME_AS]-(:SamePerson)-[:SAME_AS]->(:Person)){0,1} (me:Person)
WITH collect(me) AS mine
UNWIND mine AS me
CALL (me, mine) {
  MATCH (me)-[r:CONTACT]-(p:Person) WHERE NOT p IN mine AND r.start IS NOT NULL AND coalesce(r.start, $since) < $until AND (coalesce(r.end_to, r.start_to, $until) > $since OR r.start >= $since)
  RETURN p, 'contact' AS basis, r.contact AS record, r.kind AS kind, r.place AS place, r.start AS start,
    r.start_to AS start_to
  UNION ALL
  MATCH (me)-[v:VISITED]->(there:PlaceDay)
  WHERE v.start < $until AND (coalesce(v.end_to, v.start_to) > $since OR v.start >= $since)
  MATCH (d:PlaceDay) WHERE d.place = there.place AND d.day <= ($until - 1) / 86400 AND d.last >= $since
  MATCH (d)<-[w:VISITED]-(p:Person)
  WHERE NOT p IN mine AND w.start <= coalesce(v.end_to, v.start_to) AND v.start <= coalesce(w.end_to, w.start_to)
    AND w.start < $until AND (coalesce(w.end_to, w.start_to) > $since OR w.start >= $since)
  RETURN p, 'visit' AS basis, w.visit AS record, null AS kind, d.place AS place,
    CASE WHEN w.start > v.start THEN w.start ELSE v.start END AS start,
    CASE WHEN w.start > v.start THEN w.start_to ELSE v.start_to END AS start_to
}
RETURN DISTINCT coalesce(head([(s:SamePerson)-[:SAME_AS]->(p) | s.person]), p.person) AS person, EXISTS { (p) ((:Person)<-[:SAME_AS]-(:SamePerson)-[:SAME_AS]->(:Person)){0,1} (:Person)-[:HAS_CASE]->() } AS case, basis, kind, place, start, start_to, record
ORDER BY start, record, person
