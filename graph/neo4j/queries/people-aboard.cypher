// title = "Who was aboard a vehicle: by visit with seat, or by arrival."
// times = ["at"]
// stays = "one without check-out lasts as the rule of the latest run assumes: stayTo, endAssumed"
//
// [parameters.vehicle]
// type = "place"
// example = "PL-00014"
// means = "id of the vehicle, a place"
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

WITH [$vehicle] + COLLECT { MATCH (:Place {place: $vehicle})<-[:SAME_AS]-(:SamePlace)-[:SAME_AS]->(x:Place) RETURN x.place } AS spots
UNWIND spots AS spot
CALL (spot) {
  MATCH (d:PlaceDay) WHERE d.place = spot
  MATCH (d)<-[v:VISITED]-(p:Person) WHERE v.start < $until AND v.stayTo > $since
  RETURN p, v.start AS at, v.startTo AS at_to, v.seatRow AS seat_row, v.seat AS seat, 'visit' AS basis, v.visit AS record
  UNION ALL
  MATCH (:Place {place: spot})<-[:ABOARD]-(a:Arrival)<-[:ARRIVED]-(p:Person) WHERE $since <= a.arrived < $until
  RETURN p, a.arrived AS at, a.arrivedTo AS at_to, a.seatRow AS seat_row, a.seat AS seat, 'arrival' AS basis,
    a.arrival AS record
}
RETURN coalesce(head([(s:SamePerson)-[:SAME_AS]->(p) | s.person]), p.person) AS person, EXISTS { (p) ((:Person)<-[:SAME_AS]-(:SamePerson)-[:SAME_AS]->(:Person)){0,1} (:Person)-[:HAS_CASE]->(k:Case WHERE k.status IS NULL OR k.status <> 'discarded') } AS case, at, at_to, seat_row, seat, basis, record
ORDER BY at, seat_row, record
