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
WITH [coalesce(head([(s:SamePerson)-[:SAME_AS]->(x) | s.person]), x.person),
  coalesce(head([(s:SamePerson)-[:SAME_AS]->(y) | s.person]), y.person)] AS ends
WITH ends, [{person: ends[0], at: $since, way: []}] AS found0, $until AS until0, null AS best0
CALL (found0, until0) {
  UNWIND [x IN found0 WHERE x.at < until0] AS one
  MATCH (:Person {person: one.person}) ((:Person)<-[:SAME_AS]-(:SamePerson)-[:SAME_AS]->(:Person)){0,1} (me:Person)
  WITH DISTINCT one, me
  CALL (one, me, until0) {
    MATCH (me)-[r:CONTACT]-(q:Person)
    WHERE coalesce(r.start, one.at) < until0 AND (coalesce(r.endTo, r.startTo, until0) > one.at OR r.start >= one.at)
    RETURN q, r.contact AS record, r.kind AS kind, 'contact' AS basis, CASE WHEN r.start > one.at THEN r.start ELSE one.at END AS at
    UNION ALL
    MATCH (me)-[v:VISITED]->(here:PlaceDay) WHERE v.start < until0 AND v.stayTo > one.at
    MATCH (d:PlaceDay) WHERE d.place = here.place AND d.day <= v.stayTo / 86400 + 1 AND d.last > v.start - 86400
    MATCH (d)<-[w:VISITED]-(q:Person)
    WHERE q <> me AND w.start < v.stayTo AND w.stayTo > v.start AND w.start < until0 AND w.stayTo > one.at
    RETURN q, v.visit + '~' + w.visit AS record, null AS kind, 'visit' AS basis,
      reduce(at = one.at, x IN [v.start, w.start] | CASE WHEN x > at THEN x ELSE at END) AS at
  }
  WITH coalesce(head([(s:SamePerson)-[:SAME_AS]->(q) | s.person]), q.person) AS person, one, record, kind, basis, at ORDER BY at, record
  WITH person, head(collect([at, one, record, kind, basis])) AS best
  RETURN collect({person: person, at: best[0],
    way: best[1].way + [{person: person, record: best[2], kind: best[3], basis: best[4], at: best[0]}]}) AS found1
}
WITH ends, [x IN found1 WHERE x.person = ends[1]] AS hit, found1, until0, best0
WITH ends, found1, CASE WHEN size(hit) > 0 THEN hit[0].at ELSE until0 END AS until1,
  CASE WHEN size(hit) > 0 THEN hit[0] ELSE best0 END AS best1
CALL (found1, until1) {
  UNWIND [x IN found1 WHERE x.at < until1] AS one
  MATCH (:Person {person: one.person}) ((:Person)<-[:SAME_AS]-(:SamePerson)-[:SAME_AS]->(:Person)){0,1} (me:Person)
  WITH DISTINCT one, me
  CALL (one, me, until1) {
    MATCH (me)-[r:CONTACT]-(q:Person)
    WHERE coalesce(r.start, one.at) < until1 AND (coalesce(r.endTo, r.startTo, until1) > one.at OR r.start >= one.at)
    RETURN q, r.contact AS record, r.kind AS kind, 'contact' AS basis, CASE WHEN r.start > one.at THEN r.start ELSE one.at END AS at
    UNION ALL
    MATCH (me)-[v:VISITED]->(here:PlaceDay) WHERE v.start < until1 AND v.stayTo > one.at
    MATCH (d:PlaceDay) WHERE d.place = here.place AND d.day <= v.stayTo / 86400 + 1 AND d.last > v.start - 86400
    MATCH (d)<-[w:VISITED]-(q:Person)
    WHERE q <> me AND w.start < v.stayTo AND w.stayTo > v.start AND w.start < until1 AND w.stayTo > one.at
    RETURN q, v.visit + '~' + w.visit AS record, null AS kind, 'visit' AS basis,
      reduce(at = one.at, x IN [v.start, w.start] | CASE WHEN x > at THEN x ELSE at END) AS at
  }
  WITH coalesce(head([(s:SamePerson)-[:SAME_AS]->(q) | s.person]), q.person) AS person, one, record, kind, basis, at ORDER BY at, record
  WITH person, head(collect([at, one, record, kind, basis])) AS best
  RETURN collect({person: person, at: best[0],
    way: best[1].way + [{person: person, record: best[2], kind: best[3], basis: best[4], at: best[0]}]}) AS found2
}
WITH ends, [x IN found2 WHERE x.person = ends[1]] AS hit, found2, until1, best1
WITH ends, found2, CASE WHEN size(hit) > 0 THEN hit[0].at ELSE until1 END AS until2,
  CASE WHEN size(hit) > 0 THEN hit[0] ELSE best1 END AS best2
CALL (found2, until2) {
  UNWIND [x IN found2 WHERE x.at < until2] AS one
  MATCH (:Person {person: one.person}) ((:Person)<-[:SAME_AS]-(:SamePerson)-[:SAME_AS]->(:Person)){0,1} (me:Person)
  WITH DISTINCT one, me
  CALL (one, me, until2) {
    MATCH (me)-[r:CONTACT]-(q:Person)
    WHERE coalesce(r.start, one.at) < until2 AND (coalesce(r.endTo, r.startTo, until2) > one.at OR r.start >= one.at)
    RETURN q, r.contact AS record, r.kind AS kind, 'contact' AS basis, CASE WHEN r.start > one.at THEN r.start ELSE one.at END AS at
    UNION ALL
    MATCH (me)-[v:VISITED]->(here:PlaceDay) WHERE v.start < until2 AND v.stayTo > one.at
    MATCH (d:PlaceDay) WHERE d.place = here.place AND d.day <= v.stayTo / 86400 + 1 AND d.last > v.start - 86400
    MATCH (d)<-[w:VISITED]-(q:Person)
    WHERE q <> me AND w.start < v.stayTo AND w.stayTo > v.start AND w.start < until2 AND w.stayTo > one.at
    RETURN q, v.visit + '~' + w.visit AS record, null AS kind, 'visit' AS basis,
      reduce(at = one.at, x IN [v.start, w.start] | CASE WHEN x > at THEN x ELSE at END) AS at
  }
  WITH coalesce(head([(s:SamePerson)-[:SAME_AS]->(q) | s.person]), q.person) AS person, one, record, kind, basis, at ORDER BY at, record
  WITH person, head(collect([at, one, record, kind, basis])) AS best
  RETURN collect({person: person, at: best[0],
    way: best[1].way + [{person: person, record: best[2], kind: best[3], basis: best[4], at: best[0]}]}) AS found3
}
WITH ends, [x IN found3 WHERE x.person = ends[1]] AS hit, found3, until2, best2
WITH ends, found3, CASE WHEN size(hit) > 0 THEN hit[0].at ELSE until2 END AS until3,
  CASE WHEN size(hit) > 0 THEN hit[0] ELSE best2 END AS best3
CALL (found3, until3) {
  UNWIND [x IN found3 WHERE x.at < until3] AS one
  MATCH (:Person {person: one.person}) ((:Person)<-[:SAME_AS]-(:SamePerson)-[:SAME_AS]->(:Person)){0,1} (me:Person)
  WITH DISTINCT one, me
  CALL (one, me, until3) {
    MATCH (me)-[r:CONTACT]-(q:Person)
    WHERE coalesce(r.start, one.at) < until3 AND (coalesce(r.endTo, r.startTo, until3) > one.at OR r.start >= one.at)
    RETURN q, r.contact AS record, r.kind AS kind, 'contact' AS basis, CASE WHEN r.start > one.at THEN r.start ELSE one.at END AS at
    UNION ALL
    MATCH (me)-[v:VISITED]->(here:PlaceDay) WHERE v.start < until3 AND v.stayTo > one.at
    MATCH (d:PlaceDay) WHERE d.place = here.place AND d.day <= v.stayTo / 86400 + 1 AND d.last > v.start - 86400
    MATCH (d)<-[w:VISITED]-(q:Person)
    WHERE q <> me AND w.start < v.stayTo AND w.stayTo > v.start AND w.start < until3 AND w.stayTo > one.at
    RETURN q, v.visit + '~' + w.visit AS record, null AS kind, 'visit' AS basis,
      reduce(at = one.at, x IN [v.start, w.start] | CASE WHEN x > at THEN x ELSE at END) AS at
  }
  WITH coalesce(head([(s:SamePerson)-[:SAME_AS]->(q) | s.person]), q.person) AS person, one, record, kind, basis, at ORDER BY at, record
  WITH person, head(collect([at, one, record, kind, basis])) AS best
  RETURN collect({person: person, at: best[0],
    way: best[1].way + [{person: person, record: best[2], kind: best[3], basis: best[4], at: best[0]}]}) AS found4
}
WITH ends, [x IN found4 WHERE x.person = ends[1]] AS hit, found4, until3, best3
WITH ends, found4, CASE WHEN size(hit) > 0 THEN hit[0].at ELSE until3 END AS until4,
  CASE WHEN size(hit) > 0 THEN hit[0] ELSE best3 END AS best4
CALL (found4, until4) {
  UNWIND [x IN found4 WHERE x.at < until4] AS one
  MATCH (:Person {person: one.person}) ((:Person)<-[:SAME_AS]-(:SamePerson)-[:SAME_AS]->(:Person)){0,1} (me:Person)
  WITH DISTINCT one, me
  CALL (one, me, until4) {
    MATCH (me)-[r:CONTACT]-(q:Person)
    WHERE coalesce(r.start, one.at) < until4 AND (coalesce(r.endTo, r.startTo, until4) > one.at OR r.start >= one.at)
    RETURN q, r.contact AS record, r.kind AS kind, 'contact' AS basis, CASE WHEN r.start > one.at THEN r.start ELSE one.at END AS at
    UNION ALL
    MATCH (me)-[v:VISITED]->(here:PlaceDay) WHERE v.start < until4 AND v.stayTo > one.at
    MATCH (d:PlaceDay) WHERE d.place = here.place AND d.day <= v.stayTo / 86400 + 1 AND d.last > v.start - 86400
    MATCH (d)<-[w:VISITED]-(q:Person)
    WHERE q <> me AND w.start < v.stayTo AND w.stayTo > v.start AND w.start < until4 AND w.stayTo > one.at
    RETURN q, v.visit + '~' + w.visit AS record, null AS kind, 'visit' AS basis,
      reduce(at = one.at, x IN [v.start, w.start] | CASE WHEN x > at THEN x ELSE at END) AS at
  }
  WITH coalesce(head([(s:SamePerson)-[:SAME_AS]->(q) | s.person]), q.person) AS person, one, record, kind, basis, at ORDER BY at, record
  WITH person, head(collect([at, one, record, kind, basis])) AS best
  RETURN collect({person: person, at: best[0],
    way: best[1].way + [{person: person, record: best[2], kind: best[3], basis: best[4], at: best[0]}]}) AS found5
}
WITH ends, [x IN found5 WHERE x.person = ends[1]] AS hit, found5, until4, best4
WITH ends, found5, CASE WHEN size(hit) > 0 THEN hit[0].at ELSE until4 END AS until5,
  CASE WHEN size(hit) > 0 THEN hit[0] ELSE best4 END AS best5
UNWIND range(0, size(best5.way) - 1) AS i
WITH i + 1 AS step, best5.way[i] AS to
RETURN step, to.person AS person, to.record AS contact, to.kind AS kind, to.basis AS basis, to.at AS at
ORDER BY step
