// title = "Positive tests of people exposed to a case, taken after the exposure; those on no line list are new cases."
// needs = "tiers"
// times = ["exposure", "sample"]
//
// [parameters.run]
// type = "run"
// example = "3f2a9c1d5e7b8a60"
// means = "the run whose tiers are meant (truyvet neo4j runs); else the latest"

MATCH (p:Person)-[e:EXPOSED_BY]->(:Person) USING INDEX SEEK e:EXPOSED_BY(run)
WHERE e.run = $run AND e.tier = 1
WITH p, min(e.exposure) AS exposure
MATCH (p) ((:Person)<-[:SAME_AS]-(:SamePerson)-[:SAME_AS]->(:Person)){0,1} (:Person)-[:TESTED]->(x:Test)
WHERE x.result = 'positive' AND (exposure IS NULL OR x.sampleTo >= exposure)
RETURN p.person AS person, EXISTS { (p) ((:Person)<-[:SAME_AS]-(:SamePerson)-[:SAME_AS]->(:Person)){0,1} (:Person)-[:HAS_CASE]->(k:Case WHERE k.status IS NULL OR k.status <> 'discarded') } AS case, exposure, x.sample AS sample, x.sampleTo AS sample_to,
  x.method AS method, x.ct AS ct, x.test AS record
ORDER BY sample, record
