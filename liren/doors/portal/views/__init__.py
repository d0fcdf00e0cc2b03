"""Pages of the portal: of residents, and of the staff who answer them."""
