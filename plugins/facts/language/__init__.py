"""Chinese as offices write it: titles, dates, calendar, terms, personal data."""
