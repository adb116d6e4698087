// Numbers of the work group and of the thread where a long row of groups is folded over X and Y (Groups.Fold in C#).
uint flat_group() { return gl_WorkGroupID.y * gl_NumWorkGroups.x + gl_WorkGroupID.x; }
// A macro, because a function may name the group's size only after the shader has declared it.
#define flat_thread() (flat_group() * gl_WorkGroupSize.x + gl_LocalInvocationID.x)
