"""Who is meant: the people of a load and of the record, found by id, by name, by what is known of them."""
