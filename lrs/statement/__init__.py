"""xAPI's rules on one statement: values in, values out; no clock, no connection, no request."""
