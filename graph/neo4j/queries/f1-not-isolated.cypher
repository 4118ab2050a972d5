// title = "F1 (or another tier) with no isolation on record, the latest exposed first."
// needs = "tiers"
// times = ["first_exposure", "last_exposure"]
//
// [parameters.tier]
// type = "integer"
// example = 1
// default = 1
// means = "which tier"
//
// [parameters.run]
// type = "run"
// example = "3f2a9c1d5e7b8a60"
// means = "the run whose tiers are meant (truyvet neo4j runs); else the latest"

MATCH (:Tier {run: $run, tier: $tier})<-[t:HAS_TIER]-(p:Person)
WHERE NOT EXISTS { (p) ((:Person)<-[:SAME_AS]-(:SamePerson)-[:SAME_AS]->(:Person)){0,1} (:Person)-[:ISOLATED]->(:Isolation) }
  AND NOT EXISTS { (p) ((:Person)<-[:SAME_AS]-(:SamePerson)-[:SAME_AS]->(:Person)){0,1} (:Person)-[:HAS_CASE]->(c:Case) WHERE c.isolated IS NOT NULL }
CALL (p) {
  OPTIONAL MATCH (p) ((:Person)<-[:SAME_AS]-(:SamePerson)-[:SAME_AS]->(:Person)){0,1} (own:Person)-[:LIVES_IN]->(home:Area)
  WITH home ORDER BY own <> p, own.person LIMIT 1
  OPTIONAL MATCH (home) ((:Area)<-[:VERSION_OF]-(:AreaVersion)-[:WITHIN]->(:Area)){0,6} (up:Area {level: 'commune'})
  RETURN up ORDER BY up.area LIMIT 1
}
RETURN p.person AS person, coalesce(t.tierCertain = $tier, false) AS certain, p.birthYear AS born, p.area AS area,
  up.name AS commune, t.firstExposure AS first_exposure, t.lastExposure AS last_exposure
ORDER BY last_exposure DESC, person
