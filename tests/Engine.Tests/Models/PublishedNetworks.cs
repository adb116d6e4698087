namespace LiveCam.Engine.Tests.Models;

/// <summary>What is published of the networks: parameters that training changes, and what each stage puts out for a batch of two pictures.</summary>
internal static class PublishedNetworks
{
    /// <param name="Parameters">Without running statistics of normalizations; null where no count is published.</param>
    /// <param name="Stages">Names and shapes.</param>
    public sealed record Entry(string Name, int? Parameters, string Stages);

    /// <summary>
    /// Where no source is named: counts of torchvision's, or for MobileNet and Xception of the authors' own programs, in agreement with their papers; shapes from the papers' tables.
    /// </summary>
    public static IReadOnlyList<Entry> All { get; } =
    [
        // Lectures: 156 + 2416 + 48120 + 10164 + 850; 520 + 25050 + 400500 + 5010.
        new("lenet5", 61_706, "C1 2x6x28x28; S2 2x6x14x14; C3 2x16x10x10; S4 2x16x5x5; C5 2x120x1x1; F6 2x84"),
        // The paper's table of connections: 1,068 + 2,592 + 5,790 + 310.
        new("lecun1989", 9_760, "H1 2x12x8x8; H2 2x12x4x4; H3 2x30"),
        new("conv2", 431_080, "conv1 2x20x24x24; pool1 2x20x12x12; conv2 2x50x8x8; pool2 2x50x4x4; fc1 2x500"),
        new("dense", 535_818, "flat 2x784; fc1 2x512; fc2 2x256"),
        new("vgg6", 288_170, "conv1_2 2x32x28x28; pool1 2x32x14x14; conv2_2 2x64x14x14; pool2 2x64x7x7; conv3_2 2x128x7x7; average 2x128x1x1"),
        // Caffe's; section 3.5 has the maps, section 1 "60 million parameters".
        new("alexnet", 60_965_224, "conv1 2x96x55x55; pool1 2x96x27x27; conv2 2x256x27x27; pool2 2x256x13x13; conv3 2x384x13x13; conv4 2x384x13x13; conv5 2x256x13x13; pool5 2x256x6x6; fc6 2x4096"),
        // Table 2 in millions: 133, 133, 133, 134, 138, 144; torchvision has all but C, which lacks 8 * 256^2 + 16 * 512^2 weights of D.
        new("vgg11", 132_863_336, "pool1 2x64x112x112; pool2 2x128x56x56; pool3 2x256x28x28; pool4 2x512x14x14; pool5 2x512x7x7"),
        new("vgg11-lrn", 132_863_336, "norm1 2x64x224x224; pool5 2x512x7x7"),
        new("vgg13", 133_047_848, "conv1_2 2x64x224x224; pool5 2x512x7x7"),
        new("vgg16-1x1", 138_357_544 - 8 * 256 * 256 - 16 * 512 * 512, "conv3_3 2x256x56x56; pool5 2x512x7x7"),
        new("vgg16", 138_357_544, "conv3_3 2x256x56x56; pool3 2x256x28x28; pool5 2x512x7x7; fc7 2x4096"),
        new("vgg19", 143_667_240, "conv5_4 2x512x14x14; pool5 2x512x7x7"),
        // Caffe's, without the heads.
        new("googlenet", 6_998_552, "conv1 2x64x112x112; pool1 2x64x56x56; pool2 2x192x28x28; inception3a 2x256x28x28; inception3b 2x480x28x28; inception4a 2x512x14x14; inception4e 2x832x14x14; inception5b 2x1024x7x7"),
        new("inception-v3", 23_834_568, "conv1 2x32x149x149; conv3 2x64x147x147; pool1 2x64x73x73; pool2 2x192x35x35; mixed5d 2x288x35x35; mixed6a 2x768x17x17; mixed6e 2x768x17x17; mixed7a 2x1280x8x8; mixed7c 2x2048x8x8"),
        new("xception", 22_855_952, "conv1 2x32x149x149; conv2 2x64x147x147; entry1 2x128x74x74; entry2 2x256x37x37; entry3 2x728x19x19; middle8 2x728x19x19; exit1 2x1024x10x10; exit3 2x2048x10x10"),
        new("resnet18", 11_689_512, "conv1 2x64x112x112; pool1 2x64x56x56; stage1.block2.sum 2x64x56x56; stage4.block2.sum 2x512x7x7"),
        new("resnet34", 21_797_672, "stage2.block4.sum 2x128x28x28; stage3.block6.sum 2x256x14x14; stage4.block3.sum 2x512x7x7"),
        new("resnet50", 25_557_032, "stage1.block3.sum 2x256x56x56; stage2.block4.sum 2x512x28x28; stage3.block6.sum 2x1024x14x14; stage4.block3.sum 2x2048x7x7"),
        new("resnet101", 44_549_160, "stage3.block23.sum 2x1024x14x14; stage4.block3.sum 2x2048x7x7"),
        new("resnet152", 60_192_808, "stage2.block8.sum 2x512x28x28; stage3.block36.sum 2x1024x14x14; stage4.block3.sum 2x2048x7x7"),
        // The paper's equation 5 adds 2 C^2 / 16 weights a block, 2,514,944 in all; biases are C + C / 16.
        new("se-resnet50", 25_557_032 + 2_514_944 + 17 * (3 * 16 + 4 * 32 + 6 * 64 + 3 * 128), "stage1.block1.weigh 2x256x56x56; stage4.block3.weigh 2x2048x7x7; stage4.block3.sum 2x2048x7x7"),
        // With the paper's option A 269,722 (table 6: 0.27 M), 464,154 (0.46), 658,586 (0.66), 853,018 (0.85), 1,727,962 (1.7); option B has two projections more.
        new("resnet20", 269_722 + Projections, "conv1 2x16x32x32; stage1.block3.sum 2x16x32x32; stage2.block1.sum 2x32x16x16; stage3.block3.sum 2x64x8x8; average 2x64x1x1"),
        new("resnet32", 464_154 + Projections, "stage1.block5.sum 2x16x32x32; stage3.block5.sum 2x64x8x8"),
        new("resnet44", 658_586 + Projections, "stage3.block7.sum 2x64x8x8"),
        new("resnet56", 853_018 + Projections, "stage3.block9.sum 2x64x8x8"),
        new("resnet110", 1_727_962 + Projections, "stage3.block18.sum 2x64x8x8"),
        // The paper has 10.2 M (table 4 and its text).
        new("resnet1001", 10_327_706, "conv1 2x16x32x32; stage1.block111.sum 2x64x32x32; stage2.block111.sum 2x128x16x16; stage3.block111.sum 2x256x8x8"),
        new("densenet121", 7_978_856, "pool1 2x64x56x56; block1.layer6.all 2x256x56x56; transition1.pool 2x128x28x28; block2.layer12.all 2x512x28x28; block3.layer24.all 2x1024x14x14; block4.layer16.all 2x1024x7x7"),
        // The paper's 111 and 55 pixels are those of pictures of 227.
        new("squeezenet1.0", 1_248_424, "conv1 2x96x109x109; pool1 2x96x54x54; fire4 2x256x54x54; pool4 2x256x27x27; fire8 2x512x27x27; pool8 2x512x13x13; conv10 2x1000x13x13"),
        new("squeezenet1.1", 1_235_496, "conv1 2x64x111x111; pool1 2x64x55x55; fire3 2x128x55x55; pool3 2x128x27x27; pool5 2x256x13x13; conv10 2x1000x13x13"),
        new("mobilenetv1", 4_231_976, "conv1 2x32x112x112; block1.project 2x64x112x112; block3.project 2x128x56x56; block13.project 2x1024x7x7"),
        new("mobilenetv2", 3_504_872, "conv1 2x32x112x112; block1.project 2x16x112x112; block3.sum 2x24x56x56; block17.project 2x320x7x7; conv2 2x1280x7x7"),
        new("mobilenetv3-large", 5_483_032, "conv1 2x16x112x112; block3.sum 2x24x56x56; block6.sum 2x40x28x28; block15.sum 2x160x7x7; conv2 2x960x7x7; fc1 2x1280"),
        new("mobilenetv3-small", 2_542_856, "conv1 2x16x112x112; block1.project 2x16x56x56; block11.sum 2x96x7x7; conv2 2x576x7x7; fc1 2x1024"),
        new("shufflenetv2", 2_278_604, "pool1 2x24x56x56; stage2.block4 2x116x28x28; stage3.block8 2x232x14x14; stage4.block4 2x464x7x7; conv5 2x1024x7x7"),
        new("efficientnet-b0", 5_288_548, "conv1 2x32x112x112; stage1.block1.project 2x16x112x112; stage2.block2.sum 2x24x56x56; stage3.block2.sum 2x40x28x28; stage4.block3.sum 2x80x14x14; stage6.block4.sum 2x192x7x7; conv2 2x1280x7x7"),
        // Table 1 has 134 million: VGG D's convolutions, its first two fully connected layers as such, and 21 maps; one 64x64 kernel a class on top.
        new("fcn32s", 14_714_688 + (7 * 7 * 512 * 4096 + 4096) + (4096 * 4096 + 4096) + (4096 * 21 + 21) + 21 * 64 * 64, "pool3 2x256x88x88; pool4 2x512x44x44; pool5 2x512x22x22; score 2x21x16x16; large32 2x21x544x544; scores 2x21x500x500"),
        new("fcn16s", null, "pool4.large 2x21x34x34; large16 2x21x560x560; scores 2x21x500x500"),
        new("fcn8s", null, "pool3.large 2x21x70x70; large8 2x21x568x568; scores 2x21x500x500"),
        new("sndcnn", null, "pool1 2x64x56x56; stage1.block3.conv3 2x256x56x56; stage4.block3.conv3 2x2048x7x7"),
        new("convnext-t", 28_589_128, "stem 2x96x56x56; stage1.block3 2x96x56x56; stage2.down 2x192x28x28; stage3.block9 2x384x14x14; stage4.block3 2x768x7x7"),
        new("vit-s", 22_050_664, "patches 2x384x14x14; tokens 2x196x384; all 2x197x384; layer12 2x197x384"),
        new("neocognitron", null, "S1 2x24x16x16; C1 2x24x8x8; S2 2x24x8x8; C2 2x24x4x4; S3 2x24x4x4; C3 2x24x1x1"),
        new("gapnet-pl", null, "block1.conv1 2x32x512x512; block2.conv3 2x64x128x128; block3.conv3 2x128x64x64; averages 2x224"),
        new("schnet", null, "gaussians 9x9x300; interaction3 9x64; atom 9x32"),
        new("deeploc", null, "pool1 2x64x32x32; pool2 2x128x16x16; pool3 2x256x8x8; fc1 2x512"),
        new("m-cnn", null, "scale0.conv2 2x16x512x512; scale6.conv2 2x64x8x8; scales 2x208x8x8; mixed 2x1024x8x8"),
        new("fcn-seg", null, "pool4 2x256x32x32; maps 2x13x32x32"),
        new("mil-cnn", null, "conv2 2x64x252x252; conv5 2x128x31x31; conv6 2x1000x16x16; bag 2x13"),
        new("sequence", null, "words 2x64x98; features 2x64"),
        new("clip3d", null, "conv1 2x32x16x112x112; pool1 2x32x16x56x56; pool3 2x128x4x14x14; conv4 2x256x4x14x14"),
        new("dcgan", null, "places 2x1024x4x4; double1 2x512x8x8; double3 2x128x32x32; pictures 2x3x64x64"),
    ];

    /// <summary>16x32 weights with scale and shift of 32 channels, 32x64 with those of 64.</summary>
    private const int Projections = 16 * 32 + 64 + 32 * 64 + 128;
}
