import ArgumentParser

/// A form of the history for programs.
enum HistoryFormat: String, ExpressibleByArgument, CaseIterable { case jsonl, csv }
