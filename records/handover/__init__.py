"""All that a member has, given to others: when somebody leaves, or changes the job."""
