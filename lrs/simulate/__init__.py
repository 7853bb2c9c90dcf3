"""A school year that never was: a seeded school group, what its learners do, and the truth to hold tables against."""
