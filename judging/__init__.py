"""The rules of judging as pure functions: values in, values out; no file, no database, no clock."""
