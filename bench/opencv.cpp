// OpenCV DNN on one network, measured as Measurement.cs does and printed as the same line.
//   opencv MODEL NETWORK THREADS SECONDS CHANNELS HEIGHT WIDTH
#include <opencv2/core.hpp>
#include <opencv2/dnn.hpp>
#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <vector>

static double milliseconds() {
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

int main(int argc, char** argv) {
    if (argc != 8) {
        std::fprintf(stderr, "usage: opencv MODEL NETWORK THREADS SECONDS CHANNELS HEIGHT WIDTH\n");
        return 2;
    }
    const int threads = std::atoi(argv[3]);
    const double seconds = std::atof(argv[4]);
    const int shape[] = {1, std::atoi(argv[5]), std::atoi(argv[6]), std::atoi(argv[7])};
    cv::setNumThreads(threads);
    cv::dnn::Net net = cv::dnn::readNetFromONNX(argv[1]);
    net.setPreferableBackend(cv::dnn::DNN_BACKEND_OPENCV);
    net.setPreferableTarget(cv::dnn::DNN_TARGET_CPU);
    cv::Mat input(4, shape, CV_32F), output;
    float* pixels = input.ptr<float>();
    for (size_t i = 0; i < input.total(); i++) pixels[i] = float(uint32_t(i) * 2654435761u >> 8) / 8388608.0f - 1.0f;

    auto run = [&] {
        net.setInput(input);
        output = net.forward();
    };
    double start = milliseconds();
    for (int i = 0; i < 5 || milliseconds() - start < 500; i++) run();
    std::vector<double> times;
    start = milliseconds();
    while (times.size() < 25 || (times.size() < 200000 && milliseconds() - start < seconds * 1000)) {
        const double begin = milliseconds();
        run();
        times.push_back(milliseconds() - begin);
    }
    std::sort(times.begin(), times.end());

    const float* answer = output.ptr<float>();
    const int classes = int(output.total());
    double check = 0;
    for (int i = 0; i < classes; i++) check += double(answer[i]) * (i % 17 - 8);
    std::printf("opencv\t%s\t%d\t%zu\t%.5f\t%.5f\t%.5f\t%d\t%.6g\n", argv[2], threads, times.size(), times[0], times[times.size() / 2],
        times[times.size() * 9 / 10], int(std::max_element(answer, answer + classes) - answer), check);
}
