// title = "People who live in a proposed zone and were on record outside of it after a day."
// needs = "zones"
// times = ["start"]
// stays = "one without check-out lasts as the rule of the latest run assumes: stayTo, endAssumed"
// rooms = false
// undecided = "there IS NULL OR there IN above"
//
// [parameters.since]
// type = "from"
// example = "2021-07-01"
// means = "from this day or instant on"
//
// [parameters.until]
// type = "until"
// example = "2021-07-14"
// optional = true
// means = "up to the end of this day, or up to this instant"
//
// [parameters.step]
// type = "integer"
// example = 4
// optional = true
// means = "which step of the frontier; else the one proposed"
//
// [parameters.run]
// type = "run"
// example = "3f2a9c1d5e7b8a60"
// means = "the run whose zones are meant (truyvet neo4j runs); else the latest"

MATCH (chosen:Zone {run: $run}) WHERE CASE WHEN $step IS NULL THEN chosen.proposed ELSE chosen.step = $step END
MATCH (u)-[:ENTERS]->(z:Zone {run: $run}) WHERE z.step <= chosen.step
WITH collect(u) AS units
WITH units, [u IN units WHERE u:Area] AS areas, [u IN units WHERE u.household IS NOT NULL | u.household] AS households
WITH *, COLLECT { UNWIND areas AS a MATCH (a) ((:Area)<-[:WITHIN]-(:AreaVersion)-[:VERSION_OF]->(:Area)){0,6} (sub:Area) RETURN DISTINCT sub } AS inside,
  COLLECT { UNWIND areas AS a MATCH (a) ((:Area)<-[:VERSION_OF]-(:AreaVersion)-[:WITHIN]->(:Area)){1,6} (up:Area) RETURN DISTINCT up } AS above
WITH inside, above, households, COLLECT {
  CALL (inside, households) {
    UNWIND inside AS home MATCH (home)<-[:LIVES_IN]-(someone:Person) RETURN someone
    UNION ALL
    MATCH (someone:Person) WHERE someone.household IN households RETURN someone
  }
  RETURN DISTINCT coalesce(head([(s:SamePerson)-[:SAME_AS]->(someone) | s.person]), someone.person)
} AS people
UNWIND people AS person
CALL (person) {
  MATCH (one:Person {person: person}) USING INDEX SEEK one:Person(person)
  MATCH (one) ((:Person)<-[:SAME_AS]-(:SamePerson)-[:SAME_AS]->(:Person)){0,1} (own:Person)
  WITH own ORDER BY own.person <> person, own.person
  OPTIONAL MATCH (own)-[:LIVES_IN]->(home:Area)
  RETURN collect(DISTINCT own) AS mine, head(collect(home)) AS home, head(collect(own.household)) AS household
}
WITH person, mine, inside, above WHERE home IN inside OR household IN households
UNWIND mine AS p
CALL (p, inside) {
  MATCH (p)-[v:VISITED]->(d:PlaceDay) WHERE v.start < $until AND v.stayTo > $since
  RETURN d.place AS place, v AS r, 'visit' AS basis, v.visit AS record
  UNION ALL
  MATCH (p)-[r:CONTACT]-() WHERE coalesce(r.start, r.end) < $until AND (coalesce(r.endTo, r.startTo) > $since OR r.start >= $since) AND coalesce(r.place, '') <> ''
  RETURN r.place AS place, r, 'contact' AS basis, r.contact AS record
}
OPTIONAL MATCH (at:Place {place: place})
WITH *, coalesce(head([(s:SamePlace)-[:SAME_AS]->(at) | s.place]), place) AS called
CALL (at, called) {
  OPTIONAL MATCH (at) ((:Place)<-[:SAME_AS]-(:SamePlace)-[:SAME_AS]->(:Place)){0,1} (x:Place)-[:LOCATED_IN]->(there:Area)
  RETURN there ORDER BY x.place <> called, x.place LIMIT 1
}
WITH * WHERE NOT there IN inside AND NOT there IN above
RETURN person, called AS place, there.area AS area, r.start AS start, r.startTo AS start_to, basis, record
ORDER BY start, record, person
