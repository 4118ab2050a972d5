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
  CALL (me) {
    MATCH (me)-[v:VISITED]->(:PlaceDay)-[:OF]->(:Place) ((:Place)<-[:SAME_AS]-(:SamePlace)-[:SAME_AS]->(:Place)){0,1} (here:Place) RETURN here.place AS place, v {.visit, .start, .startTo, .stayTo} AS v
    UNION ALL
    MATCH (me)-[:ISOLATED]->(i:Isolation)-[:AT]->(:Place {kind: 'room'}) ((:Place)<-[:SAME_AS]-(:SamePlace)-[:SAME_AS]->(:Place)){0,1} (here:Place)
    RETURN here.place AS place, {visit: i.isolation, start: i.start, startTo: i.startTo,
        stayTo: CASE WHEN i.end IS NULL THEN 1152921504606846976 WHEN i.endTo > i.start THEN i.endTo ELSE i.start + 1 END} AS v
  }
  WITH v, place WHERE v.start < $until AND v.stayTo > $since
  CALL (v, place) {
    MATCH (d:PlaceDay) WHERE d.place = place AND d.day <= v.stayTo / 86400 + 1 AND d.last > v.start - 86400
    MATCH (d)<-[w:VISITED]-(p:Person) WHERE w.start < v.stayTo AND w.stayTo > v.start
    RETURN p, w {.visit, .start, .startTo, .stayTo} AS w
    UNION ALL
    MATCH (:Place {place: place, kind: 'room'})<-[:AT]-(j:Isolation)<-[:ISOLATED]-(p:Person)
    WITH p, {visit: j.isolation, start: j.start, startTo: j.startTo,
        stayTo: CASE WHEN j.end IS NULL THEN 1152921504606846976 WHEN j.endTo > j.start THEN j.endTo ELSE j.start + 1 END} AS w
    WHERE w.start < v.stayTo AND w.stayTo > v.start
    RETURN p, w
  }
  WITH p, v, w, place WHERE NOT p IN mine AND w.start < $until AND w.stayTo > $since
  RETURN p, 'visit' AS basis, w.visit AS record, null AS kind, place,
    CASE WHEN w.start > v.start THEN w.start ELSE v.start END AS start,
    CASE WHEN w.start > v.start THEN w.startTo ELSE v.startTo END AS start_to
}
RETURN DISTINCT coalesce(head([(s:SamePerson)-[:SAME_AS]->(p) | s.person]), p.person) AS person, EXISTS { (p) ((:Person)<-[:SAME_AS]-(:SamePerson)-[:SAME_AS]->(:Person)){0,1} (:Person)-[:HAS_CASE]->(k:Case WHERE k.status IS NULL OR k.status <> 'discarded') } AS case, basis, kind,
  coalesce(head([(s:SamePlace)-[:SAME_AS]->(:Place {place: place}) | s.place]), place) AS place, start, start_to, record
ORDER BY start, record, person
