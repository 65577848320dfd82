"""规则与插件: the rule book, and a rule of one's own."""
