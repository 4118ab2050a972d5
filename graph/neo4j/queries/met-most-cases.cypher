// title = "People, no cases themselves, who met the most different cases."
// times = ["last"]
// stays = "one without check-out lasts as the rule of the latest run assumes: stayTo, endAssumed"
//
// [parameters.minimum]
// type = "integer"
// example = 2
// default = 2
// means = "at least so many cases"
//
// [parameters.limit]
// type = "integer"
// example = 50
// default = 50
// means = "at most so many rows"

MATCH (k:Case WHERE k.status IS NULL OR k.status <> 'discarded')<-[:HAS_CASE]-(f:Person)
WITH DISTINCT coalesce(head([(s:SamePerson)-[:SAME_AS]->(f) | s.person]), f.person) AS f0
MATCH (:Person {person: f0}) ((:Person)<-[:SAME_AS]-(:SamePerson)-[:SAME_AS]->(:Person)){0,1} (me:Person)
WITH DISTINCT f0, me
CALL (me) {
  MATCH (me)-[r:CONTACT]-(q:Person) RETURN q, r.start AS start, r.startTo AS start_to
  UNION ALL
  CALL (me) {
    MATCH (me)-[v:VISITED]->(:PlaceDay)-[:OF]->(:Place) ((:Place)<-[:SAME_AS]-(:SamePlace)-[:SAME_AS]->(:Place)){0,1} (here:Place) RETURN here.place AS place, v {.visit, .start, .startTo, .stayTo} AS v
    UNION ALL
    MATCH (me)-[:ISOLATED]->(i:Isolation)-[:AT]->(:Place {kind: 'room'}) ((:Place)<-[:SAME_AS]-(:SamePlace)-[:SAME_AS]->(:Place)){0,1} (here:Place)
    RETURN here.place AS place, {visit: i.isolation, start: i.start, startTo: i.startTo,
        stayTo: CASE WHEN i.end IS NULL THEN 1152921504606846976 WHEN i.endTo > i.start THEN i.endTo ELSE i.start + 1 END} AS v
  }
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
  RETURN q, CASE WHEN w.start > v.start THEN w.start ELSE v.start END AS start, CASE WHEN w.start > v.start THEN w.startTo ELSE v.startTo END AS start_to
}
WITH f0, coalesce(head([(s:SamePerson)-[:SAME_AS]->(q) | s.person]), q.person) AS person, start, start_to
WHERE person <> f0 AND NOT EXISTS { (:Person {person: person}) ((:Person)<-[:SAME_AS]-(:SamePerson)-[:SAME_AS]->(:Person)){0,1} (:Person)-[:HAS_CASE]->(k:Case WHERE k.status IS NULL OR k.status <> 'discarded') }
WITH person, f0, start, start_to ORDER BY start DESC, start_to
WITH person, count(DISTINCT f0) AS cases, count(*) AS contacts,
  head([at IN collect([start, start_to]) WHERE at[0] IS NOT NULL]) AS last
WHERE cases >= $minimum
WITH * ORDER BY cases DESC, contacts DESC, person LIMIT $limit
MATCH (p:Person {person: person})
CALL (p) {
  OPTIONAL MATCH (p) ((:Person)<-[:SAME_AS]-(:SamePerson)-[:SAME_AS]->(:Person)){0,1} (own:Person)-[:LIVES_IN]->(home:Area)
  WITH home ORDER BY own <> p, own.person LIMIT 1
  OPTIONAL MATCH (home) ((:Area)<-[:VERSION_OF]-(:AreaVersion)-[:WITHIN]->(:Area)){0,6} (up:Area {level: 'commune'})
  RETURN up ORDER BY up.area LIMIT 1
}
RETURN person, p.birthYear AS born, p.area AS area, up.name AS commune, cases, contacts, last[0] AS last,
  last[1] AS last_to
ORDER BY cases DESC, contacts DESC, person
