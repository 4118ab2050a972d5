// en = "Everyone on record in a place in an afternoon, or any other time: by visit or by contact."
// vi = "Mọi người có mặt ở một nơi trong một buổi chiều, hoặc khoảng thời gian khác: theo lượt đến hoặc tiếp xúc."
// times = ["start", "end"]
//
// [parameters.place]
// type = "place"
// example = "PL-00006"
// en = "id of the place"
// vi = "mã địa điểm"
//
// [parameters.since]
// type = "from"
// example = "2021-07-02T12:00"
// en = "from this day or instant on"
// vi = "từ ngày hoặc giờ này"
//
// [parameters.until]
// type = "until"
// example = "2021-07-02T18:00"
// en = "up to the end of this day, or up to this instant"
// vi = "đến hết ngày này, hoặc đến giờ này"

CALL () {
  MATCH (d:PlaceDay) WHERE d.place = $place AND d.day <= ($until - 1) / 86400 AND d.last >= $since
  MATCH (d)<-[v:VISITED]-(p:Person) WHERE v.start < $until AND (coalesce(v.end_to, v.start_to) > $since OR v.start >= $since)
  RETURN p, v AS r, 'visit' AS basis, v.visit AS record
  UNION ALL
  MATCH ()-[r:CONTACT]->() WHERE r.place = $place AND coalesce(r.start, $since) < $until AND (coalesce(r.end_to, r.start_to, $until) > $since OR r.start >= $since)
  UNWIND [startNode(r), endNode(r)] AS p
  RETURN p, r, 'contact' AS basis, r.contact AS record
}
RETURN p.person AS person, EXISTS { (p)-[:HAS_CASE]->() } AS case, r.start AS start, r.start_to AS start_to,
  r.end AS end, r.end_to AS end_to, basis, record
ORDER BY start, record, person
