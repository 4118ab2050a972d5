// title = "F1, or another tier, by commune, or another level."
// needs = "tiers"
//
// [parameters.tier]
// type = "integer"
// example = 1
// default = 1
// means = "which tier"
//
// [parameters.level]
// type = "level"
// example = "commune"
// default = "commune"
// means = "level of area: province, district, commune, hamlet, group"
//
// [parameters.run]
// type = "run"
// example = "3f2a9c1d5e7b8a60"
// means = "the run whose tiers are meant (truyvet neo4j runs); else the latest"

MATCH (:Tier {run: $run, tier: $tier})<-[t:HAS_TIER]-(p:Person)
CALL (p) {
  OPTIONAL MATCH (p) ((:Person)<-[:SAME_AS]-(:SamePerson)-[:SAME_AS]->(:Person)){0,1} (own:Person)-[:LIVES_IN]->(lives:Area)
  RETURN lives AS home ORDER BY own <> p, own.person LIMIT 1
}
WITH home, count(p) AS people, sum(CASE WHEN t.tierCertain = $tier THEN 1 ELSE 0 END) AS sure
CALL (home) {
  OPTIONAL MATCH (home) ((:Area)<-[:VERSION_OF]-(:AreaVersion)-[:WITHIN]->(:Area)){0,6} (area:Area {level: $level})
  RETURN area ORDER BY area.area LIMIT 1
}
WITH area, sum(people) AS people, sum(sure) AS certain
RETURN area.area AS area, area.name AS area_name, certain, people - certain AS possible
ORDER BY people DESC, area
