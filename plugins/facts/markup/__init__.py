"""From bytes to elements: charset, outline, landmarks, links, tables, meta tags."""
