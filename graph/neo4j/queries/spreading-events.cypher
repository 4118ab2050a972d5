// title = "Places and days at which cases exposed most people, and most of them became cases."
// needs = "tiers"
// times = ["day"]
//
// [parameters.minimum]
// type = "integer"
// example = 2
// default = 2
// means = "at least so many exposed"
//
// [parameters.limit]
// type = "integer"
// example = 20
// default = 20
// means = "at most so many rows"
//
// [parameters.run]
// type = "run"
// example = "3f2a9c1d5e7b8a60"
// means = "the run whose tiers are meant (truyvet neo4j runs); else the latest"

MATCH (p:Person)-[e:EXPOSED_BY]->(s:Person) USING INDEX SEEK e:EXPOSED_BY(run)
WHERE e.run = $run AND e.tier = 1 AND e.place IS NOT NULL AND e.exposure IS NOT NULL
WITH e.place AS place, toString(date(datetime({epochSeconds: e.exposure, timezone: $zone}))) AS day,
  count(DISTINCT p) AS exposed,
  count(DISTINCT CASE WHEN EXISTS {
    (p) ((:Person)<-[:SAME_AS]-(:SamePerson)-[:SAME_AS]->(:Person)){0,1} (:Person)-[:HAS_CASE]->(k:Case WHERE k.status IS NULL OR k.status <> 'discarded') } THEN p END) AS became_cases,
  count(DISTINCT s) AS spreaders
WHERE exposed >= $minimum
ORDER BY became_cases DESC, exposed DESC, place, day LIMIT $limit
CALL (place) {
  OPTIONAL MATCH (:Place {place: place}) ((:Place)<-[:SAME_AS]-(:SamePlace)-[:SAME_AS]->(:Place)){0,1} (x:Place)
  WITH x ORDER BY x.place <> place, x.place
  RETURN head(collect(x.name)) AS place_name
}
RETURN place, place_name, day, became_cases, exposed, spreaders
ORDER BY became_cases DESC, exposed DESC, place, day
