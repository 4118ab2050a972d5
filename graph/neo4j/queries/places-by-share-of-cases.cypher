// title = "Places that cases visited, by the share of their visits that were of cases."
// stays = "one without check-out lasts as the rule of the latest run assumes: stayTo, endAssumed"
// rooms = false
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
//
// [parameters.minimum]
// type = "integer"
// example = 2
// default = 2
// means = "at least so many cases"
//
// [parameters.limit]
// type = "integer"
// example = 20
// default = 20
// means = "at most so many rows"

MATCH (k:Case WHERE k.status IS NULL OR k.status <> 'discarded')<-[:HAS_CASE]-(f:Person)
MATCH (f) ((:Person)<-[:SAME_AS]-(:SamePerson)-[:SAME_AS]->(:Person)){0,1} (own:Person)
WITH DISTINCT own, coalesce(head([(s:SamePerson)-[:SAME_AS]->(own) | s.person]), own.person) AS case
MATCH (own)-[v:VISITED]->(here:PlaceDay) WHERE v.start < $until AND v.stayTo > $since
WITH case, v, coalesce(head([(here)-[:OF]->(:Place)<-[:SAME_AS]-(s:SamePlace) | s.place]), here.place) AS place
WITH place, count(DISTINCT v) AS visits_of_cases, count(DISTINCT case) AS cases
WHERE cases >= $minimum
MATCH (:Place {place: place}) ((:Place)<-[:SAME_AS]-(:SamePlace)-[:SAME_AS]->(:Place)){0,1} (x:Place)
MATCH (d:PlaceDay {place: x.place})<-[w:VISITED]-() WHERE w.start < $until AND w.stayTo > $since
WITH place, cases, visits_of_cases, count(w) AS visits
CALL (place) {
  OPTIONAL MATCH (:Place {place: place}) ((:Place)<-[:SAME_AS]-(:SamePlace)-[:SAME_AS]->(:Place)){0,1} (x:Place)
  WITH x ORDER BY x.place <> place, x.place
  RETURN head(collect(x.name)) AS place_name, head(collect(x.kind)) AS kind
}
RETURN place, place_name, kind, cases, visits_of_cases, visits,
  round(1.0 * visits_of_cases / visits, 3) AS share
ORDER BY share DESC, cases DESC, place LIMIT $limit
