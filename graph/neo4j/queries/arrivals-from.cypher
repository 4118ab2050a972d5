// title = "People who arrived from somewhere, with vehicle and seat."
// times = ["arrived"]
//
// [parameters.origin]
// type = "text"
// example = "Hồ Chí Minh"
// means = "part of the place of origin"
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

MATCH (p:Person)-[:ARRIVED]->(a:Arrival)
WHERE toLower(a.origin) CONTAINS toLower($origin) AND $since <= a.arrived < $until
RETURN coalesce(head([(s:SamePerson)-[:SAME_AS]->(p) | s.person]), p.person) AS person, EXISTS { (p) ((:Person)<-[:SAME_AS]-(:SamePerson)-[:SAME_AS]->(:Person)){0,1} (:Person)-[:HAS_CASE]->(k:Case WHERE k.status IS NULL OR k.status <> 'discarded') } AS case, a.origin AS origin, a.arrived AS arrived,
  a.arrivedTo AS arrived_to, coalesce(head([(s:SamePlace)-[:SAME_AS]->(:Place {place: a.vehicle}) | s.place]), a.vehicle) AS vehicle, a.seatRow AS seat_row, a.seat AS seat, a.checkpoint AS checkpoint
ORDER BY arrived, a.arrival
