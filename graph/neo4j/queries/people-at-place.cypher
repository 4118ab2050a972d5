// title = "Everyone on record in a place in an afternoon, or any other time: by visit or by contact."
// times = ["start", "end"]
// stays = "one without check-out lasts as the rule of the latest run assumes: stayTo, endAssumed"
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

WITH [$place] + COLLECT { MATCH (:Place {place: $place})<-[:SAME_AS]-(:SamePlace)-[:SAME_AS]->(x:Place) RETURN x.place } AS spots
UNWIND spots AS spot
CALL (spot) {
  MATCH (d:PlaceDay) WHERE d.place = spot AND d.day <= ($until - 1) / 86400 + 1 AND d.last > $since - 86400
  MATCH (d)<-[v:VISITED]-(p:Person) WHERE v.start < $until AND v.stayTo > $since
  RETURN p, v.start AS start, v.startTo AS start_to, CASE WHEN v.endAssumed THEN v.stayTo ELSE v.end END AS end,
    CASE WHEN v.endAssumed THEN v.stayTo ELSE v.endTo END AS end_to, v.endAssumed AS end_assumed, 'visit' AS basis,
    v.visit AS record
  UNION ALL
  MATCH (:Place {place: spot, kind: 'room'})<-[:AT]-(i:Isolation)<-[:ISOLATED]-(p:Person)
  WHERE i.start < $until AND CASE WHEN i.end IS NULL THEN true WHEN i.endTo > i.start THEN i.endTo > $since ELSE i.start >= $since END
  RETURN p, i.start AS start, i.startTo AS start_to, i.end AS end, i.endTo AS end_to, false AS end_assumed,
    'visit' AS basis, i.isolation AS record
  UNION ALL
  MATCH ()-[r:CONTACT]->() WHERE r.place = spot AND coalesce(r.start, $since) < $until AND (coalesce(r.endTo, r.startTo, $until) > $since OR r.start >= $since)
  UNWIND [startNode(r), endNode(r)] AS p
  RETURN p, r.start AS start, r.startTo AS start_to, r.end AS end, r.endTo AS end_to, false AS end_assumed,
    'contact' AS basis, r.contact AS record
}
RETURN coalesce(head([(s:SamePerson)-[:SAME_AS]->(p) | s.person]), p.person) AS person, EXISTS { (p) ((:Person)<-[:SAME_AS]-(:SamePerson)-[:SAME_AS]->(:Person)){0,1} (:Person)-[:HAS_CASE]->(k:Case WHERE k.status IS NULL OR k.status <> 'discarded') } AS case, start, start_to, end, end_to,
  end_assumed, basis, record
ORDER BY start, record, person
