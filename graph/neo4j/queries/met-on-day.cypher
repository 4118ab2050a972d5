// title = "Whom a person met on a day: by recorded contact, or at the same place at the same time."
// times = ["start"]
// stays = "one without check-out lasts as the rule of the latest run assumes: stayTo, endAssumed"
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
  MATCH (me)-[r:CONTACT]-(p:Person) WHERE NOT p IN mine AND coalesce(r.start, $until) < $until AND (coalesce(r.endTo, r.startTo, $until) > $since OR r.start >= $since)
  RETURN p, 'contact' AS basis, r.contact AS record, r.kind AS kind, r.place AS place, r.start AS start,
    r.startTo AS start_to
  UNION ALL
  MATCH (me)-[v:VISITED]->(here:PlaceDay) WHERE v.start < $until AND v.stayTo > $since
  MATCH (d:PlaceDay) WHERE d.place = here.place AND d.day <= v.stayTo / 86400 + 1 AND d.last > v.start - 86400
  MATCH (d)<-[w:VISITED]-(p:Person)
  WHERE NOT p IN mine AND w.start < v.stayTo AND w.stayTo > v.start AND w.start < $until AND w.stayTo > $since
  RETURN p, 'visit' AS basis, w.visit AS record, null AS kind, d.place AS place,
    CASE WHEN w.start > v.start THEN w.start ELSE v.start END AS start,
    CASE WHEN w.start > v.start THEN w.startTo ELSE v.startTo END AS start_to
}
RETURN DISTINCT coalesce(head([(s:SamePerson)-[:SAME_AS]->(p) | s.person]), p.person) AS person, EXISTS { (p) ((:Person)<-[:SAME_AS]-(:SamePerson)-[:SAME_AS]->(:Person)){0,1} (:Person)-[:HAS_CASE]->() } AS case, basis, kind, place, start, start_to, record
ORDER BY start, record, person
