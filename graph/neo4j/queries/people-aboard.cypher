// en = "Who was aboard a vehicle: by visit with seat, or by arrival."
// vi = "Ai có mặt trên một phương tiện: theo lượt đi và ghế, hoặc theo khai báo đến."
// times = ["at"]
//
// [parameters.vehicle]
// type = "place"
// example = "PL-00014"
// en = "id of the vehicle, a place"
// vi = "mã phương tiện, là một địa điểm"
//
// [parameters.since]
// type = "from"
// example = "2021-07-01"
// optional = true
// en = "from this day or instant on"
// vi = "từ ngày hoặc giờ này"
//
// [parameters.until]
// type = "until"
// example = "2021-07-14"
// optional = true
// en = "up to the end of this day, or up to this instant"
// vi = "đến hết ngày này, hoặc đến giờ này"

CALL () {
  MATCH (d:PlaceDay) WHERE d.place = $vehicle
  MATCH (d)<-[v:VISITED]-(p:Person) WHERE v.start < $until AND (coalesce(v.end_to, v.start_to) > $since OR v.start >= $since)
  RETURN p, v.start AS at, v.start_to AS at_to, v.seat_row AS seat_row, v.seat AS seat, 'visit' AS basis, v.visit AS record
  UNION ALL
  MATCH (:Place {place: $vehicle})<-[:ABOARD]-(a:Arrival)<-[:ARRIVED]-(p:Person) WHERE $since <= a.arrived < $until
  RETURN p, a.arrived AS at, a.arrived_to AS at_to, a.seat_row AS seat_row, a.seat AS seat, 'arrival' AS basis,
    a.arrival AS record
}
RETURN p.person AS person, EXISTS { (p)-[:HAS_CASE]->() } AS case, at, at_to, seat_row, seat, basis, record
ORDER BY at, seat_row, record
