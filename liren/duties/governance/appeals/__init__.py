"""Appeals (诉求): what residents ask for, at the counter, in the portal, or through the city's hotline 12345."""
