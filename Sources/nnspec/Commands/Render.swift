import Diagnostics
import NNSpecKit

extension Command {
    static var render: Command {
        Command(
            "render", "print a spec with every default written out", arguments: [.spec],
            flags: [.set, Flag(name: "diff", help: "print only what differs from the defaults"), .format, .json, .quiet]
        ) {
            (invocation, sink) throws(Stopped) in
            let project = try Project.load(path: invocation.arguments[0], overrides: invocation.values("set"), sink: sink)
            let text =
                invocation.has("json") ? project.renderJSON() : invocation.has("diff") ? project.renderDifference() : project.render()
            try StandardOutput.write(text, sink: sink)
        }
    }
}
