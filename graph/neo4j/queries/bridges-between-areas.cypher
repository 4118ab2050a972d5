// title = "Contacts between people of different communes, or another level: who carries it across."
//
// [parameters.level]
// type = "level"
// example = "commune"
// default = "commune"
// means = "level of area: province, district, commune, hamlet, group"
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

MATCH ()-[r:CONTACT]->()
WHERE coalesce(r.start, r.end) < $until AND (coalesce(r.endTo, r.startTo) > $since OR r.start >= $since)
WITH startNode(r) AS a, endNode(r) AS b, count(r) AS met
WITH coalesce(head([(s:SamePerson)-[:SAME_AS]->(a) | s.person]), a.person) AS one,
  coalesce(head([(s:SamePerson)-[:SAME_AS]->(b) | s.person]), b.person) AS other, met
WHERE one <> other
WITH CASE WHEN one < other THEN [one, other] ELSE [other, one] END AS pair, sum(met) AS met
CALL (pair) {
  MATCH (one:Person {person: pair[0]}) USING INDEX SEEK one:Person(person)
  MATCH (one) ((:Person)<-[:SAME_AS]-(:SamePerson)-[:SAME_AS]->(:Person)){0,1} (own:Person)-[:LIVES_IN]->(x:Area)
  RETURN x ORDER BY own.person <> pair[0], own.person LIMIT 1
}
CALL (pair) {
  MATCH (one:Person {person: pair[1]}) USING INDEX SEEK one:Person(person)
  MATCH (one) ((:Person)<-[:SAME_AS]-(:SamePerson)-[:SAME_AS]->(:Person)){0,1} (own:Person)-[:LIVES_IN]->(y:Area)
  RETURN y ORDER BY own.person <> pair[1], own.person LIMIT 1
}
WITH x, y, met WHERE x <> y
WITH x, y, count(*) AS pairs, sum(met) AS contacts
CALL (x) {
  OPTIONAL MATCH (x) ((:Area)<-[:VERSION_OF]-(:AreaVersion)-[:WITHIN]->(:Area)){0,6} (one:Area {level: $level})
  RETURN one ORDER BY one.area LIMIT 1
}
CALL (y) {
  OPTIONAL MATCH (y) ((:Area)<-[:VERSION_OF]-(:AreaVersion)-[:WITHIN]->(:Area)){0,6} (other:Area {level: $level})
  RETURN other ORDER BY other.area LIMIT 1
}
WITH CASE WHEN one.area < other.area THEN [one, other] ELSE [other, one] END AS ends, pairs, contacts
WHERE ends[0] <> ends[1]
WITH ends[0] AS one, ends[1] AS other, sum(pairs) AS pairs, sum(contacts) AS contacts
RETURN one.area AS area, one.name AS area_name, other.area AS other_area, other.name AS other_name, pairs, contacts
ORDER BY contacts DESC, area, other_area
