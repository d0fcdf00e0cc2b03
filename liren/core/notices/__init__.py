"""Notices (通知): the inbox of the staff, and the outbox to robots of groups, mail and phones."""
