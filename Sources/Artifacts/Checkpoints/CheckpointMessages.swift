import Diagnostics
import Training

extension Diagnostic {
    static func noCheckpoint(_ folder: String) -> Diagnostic {
        Diagnostic(
            "E1721", "\(folder) has no checkpoint to go on from", notes: ["a run that ended before its first checkpoint has none"],
            fix: "leave out --resume to start from the beginning")
    }

    static func noReadableCheckpoint(_ problems: [String], _ folder: String) -> Diagnostic {
        Diagnostic(
            "E1722", "no checkpoint of \(folder) can be read", notes: problems,
            fix: "restore \(folder)/\(CheckpointFolder.name) from a backup, or leave out --resume to start from the beginning")
    }

    static func otherSettings(_ differences: [RunIdentity.Difference], _ folder: String) -> Diagnostic {
        let shown = differences.prefix(20).map { "\($0.path) was \($0.before ?? "not there"), now it is \($0.now ?? "not there")" }
        let rest = differences.count > 20 ? ["and \(differences.count - 20) more"] : []
        let paths = differences.prefix(3).map { "`\($0.path)`" }.joined(separator: ", ") + (differences.count > 3 ? ", ..." : "")
        return Diagnostic(
            "E1723", "the checkpoint of \(folder) belongs to another run: \(paths) differ\(differences.count == 1 ? "s" : "")",
            notes: shown + rest + [
                "what may change is training.epochs (where the schedule does not depend on it), max_time, threads, checkpoint_every and on_nonfinite "
                    + "between two epochs, output and expect"
            ],
            fix: "take the old settings back, or leave out --resume to start from the beginning")
    }

    static func otherData(_ files: [String], _ folder: String) -> Diagnostic {
        Diagnostic(
            "E1724", "the checkpoint of \(folder) belongs to other data: \(files.joined(separator: ", ")) changed since",
            fix: "restore the data, or leave out --resume to start from the beginning")
    }

    static func olderCheckpoint(_ problems: [String], used file: String, _ position: TrainingPosition) -> Diagnostic {
        Diagnostic("W1721", "the newest checkpoint cannot be read, the training goes on from \(file), in epoch \(position.epoch)", notes: problems)
    }

    static func locked(_ folder: String, by process: String?) -> Diagnostic {
        Diagnostic(
            "E3704", "another nnspec\(process.map { " (process \($0))" } ?? "") is training in \(folder)", notes: ["nothing was trained"],
            fix: "wait until it is done, stop it, or choose another place with --output")
    }

    static func halfReplaced(_ folder: String) -> Diagnostic {
        Diagnostic(
            "E1725", "\(folder) was left between two runs, and its files cannot be put right: the folder may not be written",
            fix: "make the folder writable, then run the command again")
    }
}
