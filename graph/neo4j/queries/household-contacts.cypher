// title = "Who lives with the cases, or has a household contact with them."
//
// [parameters.case]
// type = "case"
// example = "BN22348"
// optional = true
// means = "the case: its code or the person's id (in the Browser: the person's id)"

MATCH (f0:Person)-[:HAS_CASE]->(:Case)
WHERE $case IS NULL OR f0.person = $case
CALL (f0) {
  MATCH (p:Person) WHERE p.household = f0.household AND p <> f0 RETURN p, 'household' AS basis
  UNION
  MATCH (f0)-[r:CONTACT]-(p:Person) WHERE r.kind = 'household' RETURN p, 'contact' AS basis
}
WITH f0, p, basis ORDER BY basis
RETURN f0.person AS f0, p.person AS person, collect(basis) AS basis, p.household AS household,
  EXISTS { (p)-[:HAS_CASE]->() } AS case
ORDER BY f0, person
