"""Who led to whom: links, chains, three questions, and the drawing."""
