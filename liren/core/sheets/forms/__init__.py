"""Forms (表单): understanding a blank form that comes from above, and filling it without touching how it looks."""
