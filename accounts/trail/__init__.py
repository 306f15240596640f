"""The record of who changed what, when, where and why: decision 0009."""
