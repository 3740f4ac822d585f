import Diagnostics
import NNSpecKit

extension Command {
    static var gradcheck: Command {
        Command(
            "gradcheck", "compare the gradients of the first step with finite differences", arguments: [.spec], flags: [.set, .format, .json, .quiet]
        ) { (invocation, sink) throws(Stopped) in
            let project = try Project.load(path: invocation.arguments[0], overrides: invocation.values("set"), lookingAt: .rows, sink: sink)
            let report = try project.checkGradients(sink: sink)
            // A gradient that is off stands in the sink as an error, from which the exit status comes; the table is shown all the same.
            if invocation.has("json") {
                try StandardOutput.write(GradientTable.json(report, sink.diagnostics), sink: sink)
            } else if !invocation.has("quiet") {
                try StandardOutput.write(GradientTable.text(report, name: project.spec.name.value), sink: sink)
            }
        }
    }
}
