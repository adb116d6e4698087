// Numbers of the work group and of the thread where a long row of groups is folded over X and Y (Groups.Fold in C#).
uint flat_group() { return gl_WorkGroupID.y * gl_NumWorkGroups.x + gl_WorkGroupID.x; }
uint flat_thread() { return flat_group() * gl_WorkGroupSize.x + gl_LocalInvocationID.x; }
