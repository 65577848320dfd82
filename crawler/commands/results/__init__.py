"""结果与研判: what is remembered, and what people and schemes say of it."""
