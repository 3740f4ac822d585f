import Diagnostics
import NNSpecKit

extension Command {
    static var check: Command {
        Command(
            "check", "find the mistakes of a spec without training", arguments: [.spec],
            flags: [.set, Flag(name: "data", help: "also read all rows, compile the network, and audit the data"), .format, .json, .quiet]
        ) { (invocation, sink) throws(Stopped) in
            let path = invocation.arguments[0]
            let isDeep = invocation.has("data")
            let project = try Project.load(path: path, overrides: invocation.values("set"), lookingAt: isDeep ? .rows : .files, sink: sink)
            var report: AuditReport?
            if isDeep { report = try project.checkAll(sink: sink) } else { try project.check(sink: sink) }
            if invocation.has("json") {
                try StandardOutput.write(JSONDocument.outcome(sink.diagnostics, data: report?.json), sink: sink)
            } else if !invocation.has("quiet") {
                let warnings = sink.diagnostics.count { $0.severity == .warning }
                let place = (isDeep ? project.foldCount : nil).map { " in \($0) folds" } ?? ""
                let outcome = "no mistakes found\(place)" + (warnings == 0 ? "" : ", but \(warnings) warning\(warnings == 1 ? "" : "s")")
                try StandardOutput.write("\(path): \(outcome)\n" + (report.map { "\n" + $0.text } ?? ""), sink: sink)
            }
        }
    }
}
