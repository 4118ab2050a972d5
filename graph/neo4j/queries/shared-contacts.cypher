// title = "People who met both of two cases."
// times = ["first_a", "first_b"]
// stays = "one without check-out lasts as the rule of the latest run assumes: stayTo, endAssumed"
//
// [parameters.case_a]
// type = "case"
// example = "BN22348"
// means = "the case: its code or the person's id (in the Browser: the person's id)"
//
// [parameters.case_b]
// type = "case"
// example = "BN22349"
// means = "the case: its code or the person's id (in the Browser: the person's id)"
//
// [parameters.since]
// type = "from"
// example = "2021-07-01"
// optional = true
// means = "from this day or instant on"
//
// [parameters.until]
// type = "until"
// example = "2021-07-14"
// optional = true
// means = "up to the end of this day, or up to this instant"

MATCH (:Person {person: $case_a}) ((:Person)<-[:SAME_AS]-(:SamePerson)-[:SAME_AS]->(:Person)){0,1} (one:Person) WITH collect(DISTINCT one) AS own_a
MATCH (:Person {person: $case_b}) ((:Person)<-[:SAME_AS]-(:SamePerson)-[:SAME_AS]->(:Person)){0,1} (one:Person) WITH own_a, collect(DISTINCT one) AS own_b
UNWIND [['a', own_a], ['b', own_b]] AS side
UNWIND side[1] AS me
CALL (me) {
  MATCH (me)-[r:CONTACT]-(q:Person) WHERE coalesce(r.start, $since) < $until AND (coalesce(r.endTo, r.startTo, $until) > $since OR r.start >= $since)
  RETURN q, r.start AS start, r.startTo AS start_to
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
    MATCH (d)<-[w:VISITED]-(q:Person) WHERE w.start < v.stayTo AND w.stayTo > v.start
    RETURN q, w {.visit, .start, .startTo, .stayTo} AS w
    UNION ALL
    MATCH (:Place {place: place, kind: 'room'})<-[:AT]-(j:Isolation)<-[:ISOLATED]-(q:Person)
    WITH q, {visit: j.isolation, start: j.start, startTo: j.startTo,
        stayTo: CASE WHEN j.end IS NULL THEN 1152921504606846976 WHEN j.endTo > j.start THEN j.endTo ELSE j.start + 1 END} AS w
    WHERE w.start < v.stayTo AND w.stayTo > v.start
    RETURN q, w
  }
  WITH q, v, w WHERE w.start < $until AND w.stayTo > $since
  RETURN q, CASE WHEN w.start > v.start THEN w.start ELSE v.start END AS start, CASE WHEN w.start > v.start THEN w.startTo ELSE v.startTo END AS start_to
}
WITH * WHERE NOT q IN own_a AND NOT q IN own_b
WITH coalesce(head([(s:SamePerson)-[:SAME_AS]->(q) | s.person]), q.person) AS person, side[0] AS side, start, start_to ORDER BY start, start_to
WITH person, side, count(*) AS met, head(collect([start, start_to])) AS first ORDER BY side
WITH person, collect({met: met, first: first}) AS both WHERE size(both) = 2
RETURN person, both[0].met AS contacts_a, both[1].met AS contacts_b, both[0].first[0] AS first_a,
  both[0].first[1] AS first_a_to, both[1].first[0] AS first_b, both[1].first[1] AS first_b_to
ORDER BY person
