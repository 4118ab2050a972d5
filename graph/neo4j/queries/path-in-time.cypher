// title = "How an infection could have gone from one person to another: the way over recorded contacts and shared stays, in time order, that arrives first; at most five contacts."
// times = ["at"]
// stays = "one without check-out lasts as the rule of the latest run assumes: stayTo, endAssumed"
//
// [parameters.source]
// type = "person"
// example = "P-000015"
// means = "who comes first"
//
// [parameters.target]
// type = "person"
// example = "P-000412"
// means = "who comes last"
//
// [parameters.since]
// type = "from"
// example = "2021-07-01"
// means = "from this day or instant on"
//
// [parameters.until]
// type = "until"
// example = "2021-07-14"
// means = "up to the end of this day, or up to this instant"

MATCH (x:Person {person: $source})
MATCH (y:Person {person: $target})
WITH coalesce(head([(s:SamePerson)-[:SAME_AS]->(x) | s.person]), x.person) AS source,
  coalesce(head([(s:SamePerson)-[:SAME_AS]->(y) | s.person]), y.person) AS target
WITH target, reduce(now = {reached: [{person: source, at: $since, way: [], fresh: true}], until: $until}, round IN range(1, 5) | head(COLLECT {
  WITH COLLECT {
    UNWIND range(0, size(now.reached) - 1) AS k
    WITH k, now.reached[k] AS known, now.until AS until
    WITH k, known.person AS name, known.at AS since, known.fresh AS fresh, until
    CALL (k, name, since, fresh, until) {
      RETURN [name, since, 0, null, null, null, k] AS met
      UNION ALL
      WITH * WHERE fresh AND since < until
      MATCH (one:Person {person: name}) USING INDEX SEEK one:Person(person)
      MATCH (one) ((:Person)<-[:SAME_AS]-(:SamePerson)-[:SAME_AS]->(:Person)){0,1} (me:Person)
      WITH DISTINCT k, me, since, until
      CALL (me, since, until) {
        MATCH (me)-[r:CONTACT]-(q:Person)
        WHERE coalesce(r.start, since) < until AND (coalesce(r.endTo, r.startTo, until) > since OR r.start >= since)
        RETURN q, r.contact AS record, r.kind AS kind, 'contact' AS basis, CASE WHEN r.start > since THEN r.start ELSE since END AS at
        UNION ALL
        CALL (me) {
          MATCH (me)-[v:VISITED]->(:PlaceDay)-[:OF]->(:Place) ((:Place)<-[:SAME_AS]-(:SamePlace)-[:SAME_AS]->(:Place)){0,1} (here:Place) RETURN here.place AS place, v {.visit, .start, .startTo, .stayTo} AS v
          UNION ALL
          MATCH (me)-[:ISOLATED]->(i:Isolation)-[:AT]->(:Place {kind: 'room'}) ((:Place)<-[:SAME_AS]-(:SamePlace)-[:SAME_AS]->(:Place)){0,1} (here:Place)
          RETURN here.place AS place, {visit: i.isolation, start: i.start, startTo: i.startTo,
              stayTo: CASE WHEN i.end IS NULL THEN 1152921504606846976 WHEN i.endTo > i.start THEN i.endTo ELSE i.start + 1 END} AS v
        }
        WITH v, place WHERE v.start < until AND v.stayTo > since
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
        WITH q, v, w WHERE q <> me AND w.start < until AND w.stayTo > since
        RETURN q, v.visit + '~' + w.visit AS record, null AS kind, 'visit' AS basis,
          CASE WHEN v.start > w.start AND v.start > since THEN v.start WHEN w.start > since THEN w.start ELSE since END AS at
      }
      RETURN [coalesce(head([(s:SamePerson)-[:SAME_AS]->(q) | s.person]), q.person), at, 1, record, kind, basis, k] AS met
    }
    RETURN met ORDER BY met
  } AS met
  WITH [i IN range(0, size(met) - 1) WHERE i = 0 OR met[i - 1][0] <> met[i][0] | met[i]] AS best
  WITH [b IN best | {person: b[0], at: b[1], fresh: b[2] = 1,
    way: now.reached[b[6]].way + CASE b[2] WHEN 1 THEN [b] ELSE [] END}] AS reached
  RETURN {reached: reached, until: coalesce(head([x IN reached WHERE x.person = target | x.at]), now.until)}
})).reached AS reached
UNWIND [x IN reached WHERE x.person = target | x.way] AS way
UNWIND range(0, size(way) - 1) AS i
RETURN i + 1 AS step, way[i][0] AS person, way[i][3] AS contact, way[i][4] AS kind, way[i][5] AS basis, way[i][1] AS at
ORDER BY step
