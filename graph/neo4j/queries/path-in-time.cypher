// title = "How an infection could have gone from one person to another: the way over recorded contacts, in time order, that arrives first; at most five contacts."
// times = ["at"]
//
// [parameters.source]
// type = "person"
// example = "P-000015"
// means = "who comes first"
//
// [parameters.target]
// type = "person"
// example = "P-000412"
// means = "who comes last"
//
// [parameters.since]
// type = "from"
// example = "2021-07-01"
// means = "from this day or instant on"
//
// [parameters.until]
// type = "until"
// example = "2021-07-14"
// means = "up to the end of this day, or up to this instant"

MATCH (x:Person {person: $source})
WITH [{node: x, at: $since, way: []}] AS reached0
CALL (reached0) {
  UNWIND reached0 AS one
  WITH one, one.node AS x
  MATCH (x)-[r:CONTACT]-(y:Person)
  WHERE coalesce(r.start, one.at) < $until AND (coalesce(r.end_to, r.start_to, $until) > one.at OR r.start >= one.at)
  WITH y, one, r, CASE WHEN r.start > one.at THEN r.start ELSE one.at END AS at
  ORDER BY at, r.contact
  WITH y, head(collect({at: at, way: one.way + [{person: y.person, contact: r.contact, kind: r.kind, at: at}]})) AS best
  RETURN collect({node: y, at: best.at, way: best.way}) AS reached1
}
CALL (reached1) {
  UNWIND reached1 AS one
  WITH one, one.node AS x
  MATCH (x)-[r:CONTACT]-(y:Person)
  WHERE coalesce(r.start, one.at) < $until AND (coalesce(r.end_to, r.start_to, $until) > one.at OR r.start >= one.at)
  WITH y, one, r, CASE WHEN r.start > one.at THEN r.start ELSE one.at END AS at
  ORDER BY at, r.contact
  WITH y, head(collect({at: at, way: one.way + [{person: y.person, contact: r.contact, kind: r.kind, at: at}]})) AS best
  RETURN collect({node: y, at: best.at, way: best.way}) AS reached2
}
CALL (reached2) {
  UNWIND reached2 AS one
  WITH one, one.node AS x
  MATCH (x)-[r:CONTACT]-(y:Person)
  WHERE coalesce(r.start, one.at) < $until AND (coalesce(r.end_to, r.start_to, $until) > one.at OR r.start >= one.at)
  WITH y, one, r, CASE WHEN r.start > one.at THEN r.start ELSE one.at END AS at
  ORDER BY at, r.contact
  WITH y, head(collect({at: at, way: one.way + [{person: y.person, contact: r.contact, kind: r.kind, at: at}]})) AS best
  RETURN collect({node: y, at: best.at, way: best.way}) AS reached3
}
CALL (reached3) {
  UNWIND reached3 AS one
  WITH one, one.node AS x
  MATCH (x)-[r:CONTACT]-(y:Person)
  WHERE coalesce(r.start, one.at) < $until AND (coalesce(r.end_to, r.start_to, $until) > one.at OR r.start >= one.at)
  WITH y, one, r, CASE WHEN r.start > one.at THEN r.start ELSE one.at END AS at
  ORDER BY at, r.contact
  WITH y, head(collect({at: at, way: one.way + [{person: y.person, contact: r.contact, kind: r.kind, at: at}]})) AS best
  RETURN collect({node: y, at: best.at, way: best.way}) AS reached4
}
CALL (reached4) {
  UNWIND reached4 AS one
  WITH one, one.node AS x
  MATCH (x)-[r:CONTACT]-(y:Person)
  WHERE coalesce(r.start, one.at) < $until AND (coalesce(r.end_to, r.start_to, $until) > one.at OR r.start >= one.at)
  WITH y, one, r, CASE WHEN r.start > one.at THEN r.start ELSE one.at END AS at
  ORDER BY at, r.contact
  WITH y, head(collect({at: at, way: one.way + [{person: y.person, contact: r.contact, kind: r.kind, at: at}]})) AS best
  RETURN collect({node: y, at: best.at, way: best.way}) AS reached5
}
WITH reached1 + reached2 + reached3 + reached4 + reached5 AS found
UNWIND [one IN found WHERE one.node.person = $target] AS one
WITH one ORDER BY one.at, size(one.way) LIMIT 1
UNWIND range(0, size(one.way) - 1) AS i
WITH i + 1 AS step, one.way[i] AS to
RETURN step, to.person AS person, to.contact AS contact, to.kind AS kind, to.at AS at
ORDER BY step
