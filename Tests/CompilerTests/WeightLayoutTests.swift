import IR
import Testing

@Suite struct WeightLayoutTests {
    static let sizes = [(1, 1), (3, 31), (5, 32), (4, 63), (7, 64), (2, 100), (784, 128), (1, 200), (0, 70)]

    /// Panels of 32 columns, each [rows][32]; the last takes the rest.
    @Test(arguments: sizes) func panelsLieOneBehindTheOther(_ rows: Int, _ columns: Int) {
        let layout = WeightLayout(rows: rows, columns: columns)
        var expected: [Int] = []
        var first = 0
        while first < columns {
            let end = columns - first < 64 ? columns : first + 32
            for row in 0..<rows { expected += (first..<end).map { row * columns + $0 } }
            first = end
        }
        var found = [Int](repeating: -1, count: rows * columns)
        for index in found.indices { found[layout.position(of: index)] = index }
        #expect(found == expected)
        #expect(found.indices.map(layout.index(at:)) == expected)
    }

    @Test(arguments: sizes) func stretchesSayWhereEveryElementLies(_ rows: Int, _ columns: Int) {
        let layout = WeightLayout(rows: rows, columns: columns)
        var found = [Int](repeating: -1, count: rows * columns)
        layout.stretches { inRows, inPanels, count in
            for i in 0..<count { found[inRows + i] = inPanels + i }
        }
        #expect(found == (0..<rows * columns).map(layout.position))
    }

    @Test func onlyMatricesHaveOne() {
        #expect(WeightLayout(.rows(70)) == nil)
        #expect(WeightLayout(.vector(70)) == nil)
        #expect(WeightLayout(.matrix(3, 70)) == WeightLayout(rows: 3, columns: 70))
    }
}
