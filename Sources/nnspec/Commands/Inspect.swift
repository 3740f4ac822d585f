import Diagnostics
import NNSpecKit

extension Command {
    static var inspect: Command {
        Command("inspect", "show what a run or a weights file holds", arguments: [.run]) { (invocation, sink) throws(Stopped) in
            try StandardOutput.write(try Inspection.run(invocation.arguments[0], sink: sink), sink: sink)
        }
    }
}
