import Diagnostics
import NNSpecKit

extension Command {
    static var render: Command {
        Command("render", "print a spec with every default written out", arguments: [.spec], flags: [.set, .json, .quiet]) {
            (invocation, sink) throws(Stopped) in
            let project = try Project.load(path: invocation.arguments[0], overrides: invocation.values("set"), sink: sink)
            try StandardOutput.write(invocation.has("json") ? project.renderJSON() : project.render(), sink: sink)
        }
    }
}
