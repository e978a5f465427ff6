"""Long work: a row that says who asked for what, how far it is and what came of it, done in short steps by workers."""
