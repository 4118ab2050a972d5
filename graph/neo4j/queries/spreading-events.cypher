// en = "Places and days at which cases exposed most people, and most of them became cases."
// vi = "Những nơi và ngày mà các ca bệnh làm nhiều người phơi nhiễm nhất, và nhiều người sau đó thành ca bệnh."
// needs = "tiers"
// times = ["day"]
//
// [parameters.minimum]
// type = "integer"
// example = 2
// default = 2
// en = "at least so many exposed"
// vi = "ít nhất bấy nhiêu người phơi nhiễm"
//
// [parameters.limit]
// type = "integer"
// example = 20
// default = 20
// en = "at most so many rows"
// vi = "nhiều nhất bấy nhiêu dòng"
//
// [parameters.run]
// type = "run"
// example = "3f2a9c1d5e7b8a60"
// en = "the run whose tiers are meant (truyvet neo4j runs); else the latest"
// vi = "lần chạy có kết quả phân tầng (truyvet neo4j runs); nếu không nêu: lần mới nhất"

MATCH (p:Person)-[e:EXPOSED_BY]->(s:Person)
WHERE e.run = $run AND e.tier = 1 AND e.place IS NOT NULL AND e.exposure IS NOT NULL
WITH e.place AS place, toString(date(datetime({epochSeconds: e.exposure, timezone: $zone}))) AS day,
  count(DISTINCT p) AS exposed,
  count(DISTINCT CASE WHEN EXISTS { (p)-[:HAS_CASE]->() } THEN p END) AS became_cases,
  count(DISTINCT s) AS spreaders
WHERE exposed >= $minimum
ORDER BY became_cases DESC, exposed DESC, place, day LIMIT $limit
OPTIONAL MATCH (x:Place {place: place})
RETURN place, x.name AS place_name, day, became_cases, exposed, spreaders
ORDER BY became_cases DESC, exposed DESC, place, day
