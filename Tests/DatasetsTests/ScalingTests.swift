import Datasets
import SpecLanguage
import Testing

/// Means and deviations where a naive sum of squares fails.
@Suite struct ScalingTests {
    /// The noise 0, 1, 2, 3 on a pedestal: mean 1.5, population deviation sqrt(1.25).
    private static func noise(_ pedestal: Double, _ unit: Double, count: Int = 4000) -> [Double] {
        (0..<count).map { pedestal + Double($0 % 4) * unit }
    }

    /// Units that are exact beside the pedestal, so that the answer is known.
    @Test(arguments: [(1e9, 0x1p-20), (-1e9, 0x1p-20), (1e15, 1.0), (0, 1e-200), (0, 0x1p-900), (0x1p660, 0x1p630), (0, 1e300)])
    func smallNoiseOnALargePedestal(_ pedestal: Double, _ unit: Double) {
        let scaling = Scaling.fit(Self.noise(pedestal, unit), .zscore)
        #expect(!scaling.isConstant)
        // Two roundings of the mean, which the pedestal makes large beside the noise.
        #expect(abs(scaling.center - pedestal - 1.5 * unit) <= max(2 * pedestal.ulp, 1e-9 * unit))
        #expect(abs(scaling.scale / (1.25.squareRoot() * unit) - 1) < 1e-9)
    }

    /// A million and more rows: the error of the sum grows with the rows, not the deviation's.
    @Test func manyRows() {
        let scaling = Scaling.fit(Self.noise(1e9, 0x1p-20, count: 1 << 20), .zscore)
        #expect(abs(scaling.scale / (1.25.squareRoot() * 0x1p-20) - 1) < 1e-6)
    }

    /// Both ways through a table give the same: columns side by side, and one by one.
    @Test func columnsSideBySide() throws {
        for (name, unit) in [("1e9", 0x1p-20), ("1e300", 1e290), ("0", 1e-200), ("0", 1e305)] {
            let values = Self.noise(Double(name) ?? 0, unit, count: 40)
            let sample = try Sample(["d.csv": "a,b,y\n" + values.enumerated().map { "\($1),\($0),\($0)\n" }.joined()])
            let data = try sample.prepare("path: d.csv, target: y, split: none")
            let scaling = Scaling.fit(values, .zscore)
            #expect(data.preprocessing.features[0].kind == .number(normalize: .zscore, center: scaling.center, scale: scaling.scale, fill: nil))
            #expect(data.train.inputs.doubles.allSatisfy { abs($0) < 2 })
        }
    }

    /// Rounding noise is no variation: scaled to 0, with a warning.
    @Test(arguments: [["0.3", "0.30000000000000004"], ["1e9", "1000000000.0000001"], ["7", "7"], ["-1e300", "-1e300"]])
    func roundingNoiseIsConstant(_ values: [String]) throws {
        let sample = try Sample(["d.csv": "a,b,y\n" + (0..<8).map { "\(values[$0 % 2]),\($0),\($0)\n" }.joined()])
        let data = try sample.prepare("path: d.csv, target: y, split: none")
        #expect(sample.codes == ["W1002"])
        for row in 0..<8 { #expect(abs(data.train.inputs[row, 0]) < 1e-6) }
    }

    @Test func robust() throws {
        let sample = try Sample(["d.csv": "a,y\n1,1\n2,2\n3,3\n4,4\n1000,5\n"])
        let data = try sample.prepare("path: d.csv, target: y, split: none, normalize: robust")
        #expect(data.preprocessing.features[0].kind == .number(normalize: .robust, center: 3, scale: 2, fill: nil))
        #expect(data.train.inputs.doubles == [-1, -0.5, 0, 0.5, 498.5])
    }

    /// Half of the rows alike leave no middle half to divide by; the rest is only shifted.
    @Test func robustWithoutASpread() throws {
        let sample = try Sample(["d.csv": "a,y\n5,1\n5,2\n5,3\n5,4\n8,5\n"])
        let data = try sample.prepare("path: d.csv, target: y, split: none, normalize: robust")
        #expect(data.train.inputs.doubles == [0, 0, 0, 0, 3])
    }
}
