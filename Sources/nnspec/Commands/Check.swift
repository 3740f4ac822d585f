import Diagnostics
import NNSpecKit

extension Command {
    static var check: Command {
        Command(
            "check", "find the mistakes of a spec without training", arguments: [.spec],
            flags: [.set, Flag(name: "data", help: "also read all rows of the data and compile the network"), .format, .json, .quiet]
        ) { (invocation, sink) throws(Stopped) in
            let path = invocation.arguments[0]
            let isDeep = invocation.has("data")
            let project = try Project.load(path: path, overrides: invocation.values("set"), lookingAt: isDeep ? .rows : .files, sink: sink)
            if isDeep { try project.checkAll(sink: sink) } else { try project.check(sink: sink) }
            if invocation.has("json") {
                try StandardOutput.write(JSONDocument.outcome(sink.diagnostics), sink: sink)
            } else if !invocation.has("quiet") {
                try StandardOutput.write("\(path): no mistakes found\n", sink: sink)
            }
        }
    }
}
