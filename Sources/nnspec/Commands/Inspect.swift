import Diagnostics
import NNSpecKit

extension Command {
    static var inspect: Command {
        Command("inspect", "show what a run or a weights file holds", arguments: [.run], flags: [.json, .quiet]) {
            (invocation, sink) throws(Stopped) in
            let path = invocation.arguments[0]
            let text = invocation.has("json") ? try Inspection.json(path, sink: sink) : try Inspection.run(path, sink: sink)
            try StandardOutput.write(text, sink: sink)
        }
    }
}
