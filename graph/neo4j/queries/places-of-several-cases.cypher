// title = "Places that several cases visited within so many days of each other."
// times = ["first", "last"]
// stays = "one without check-out lasts as the rule of the latest run assumes: stayTo, endAssumed"
// rooms = false
//
// [parameters.days]
// type = "number"
// example = 3
// default = 3
// means = "days between two visits at most"
//
// [parameters.minimum]
// type = "integer"
// example = 2
// default = 2
// means = "at least so many cases"

MATCH (k:Case WHERE k.status IS NULL OR k.status <> 'discarded')<-[:HAS_CASE]-(:Person) ((:Person)<-[:SAME_AS]-(:SamePerson)-[:SAME_AS]->(:Person)){0,1} (p:Person)
WITH DISTINCT p
MATCH (p)-[v:VISITED]->(d:PlaceDay)
WITH p, v, coalesce(head([(d)-[:OF]->(:Place)<-[:SAME_AS]-(s:SamePlace) | s.place]), d.place) AS place
WITH place, collect({person: coalesce(head([(s:SamePerson)-[:SAME_AS]->(p) | s.person]), p.person),
  at: v.start, to: v.startTo, until: v.stayTo}) AS stays
UNWIND stays AS a
WITH place, a
  WHERE any(b IN stays WHERE b.person <> a.person AND b.at - a.until <= $days * 86400 AND a.at - b.until <= $days * 86400)
WITH place, a ORDER BY a.at, a.to
WITH place, count(DISTINCT a.person) AS cases, count(*) AS visits, head(collect(a)) AS first, last(collect(a)) AS last
WHERE cases >= $minimum
CALL (place) {
  OPTIONAL MATCH (:Place {place: place}) ((:Place)<-[:SAME_AS]-(:SamePlace)-[:SAME_AS]->(:Place)){0,1} (x:Place)
  WITH x ORDER BY x.place <> place, x.place
  RETURN head(collect(x.name)) AS place_name, head(collect(x.kind)) AS kind
}
RETURN place, place_name, kind, cases, visits, first.at AS first, first.to AS first_to,
  last.at AS last, last.to AS last_to
ORDER BY cases DESC, visits DESC, place
