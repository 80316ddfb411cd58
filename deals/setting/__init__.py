"""The settings of selling: pipelines with their stages, and the reasons of closing."""
