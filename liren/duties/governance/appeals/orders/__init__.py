"""Orders (工单): what a hotline exports, read, compared with what is known, and taken over as appeals."""
